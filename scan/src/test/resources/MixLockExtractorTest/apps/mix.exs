defmodule U do
  def project, do: [apps_path: "apps"]
  defp deps do
    []
  end
end
