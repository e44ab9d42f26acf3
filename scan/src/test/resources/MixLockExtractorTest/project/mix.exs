defmodule Harbour.MixProject do
  use Mix.Project

  def project do
    [app: :harbour, version: "0.1.0", deps: deps()]
  end

  # Run "mix help deps" for more.
  defp deps do
    [
      {:phoenix, "~> 1.7"},
      {:gun, github: "acme/gun", only: [:dev, :test]},
      {:credo, "~> 1.7", only: :dev, runtime: false},
      {:own, path: "../own"},
      {:another_name, "~> 0.4", hex: :raygun} # a comment
    ]
  end
end
