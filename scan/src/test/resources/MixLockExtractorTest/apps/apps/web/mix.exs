defmodule W do
  defp deps do
    [{:store, in_umbrella: true}, {:plug, "~> 1.3"}, mime: "~> 1.0"]
  end
end
