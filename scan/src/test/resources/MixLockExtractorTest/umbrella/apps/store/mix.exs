defmodule S do
  defp deps, do: common() ++ []
end
