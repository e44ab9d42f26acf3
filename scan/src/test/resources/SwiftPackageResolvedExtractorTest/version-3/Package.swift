// swift-tools-version: 5.9
import PackageDescription
let package = Package(
  name: "Harbour",
  dependencies: [
    .package(url: "https://git.example/Acme/swift-quay", from: "1.0.0"),
    // .package(url: "https://git.example/acme/swift-buoy", from: "1.0.0"),
    .package(path: "../local"),
  ])
