plugins {
    `java-library`
    id("com.example.release") version "3.3.1"
}

val anchorVersion: String by project
val wire = "2.1.0"

dependencies {
    api("com.example:anchor-core:$anchorVersion")
    api("com.example", "in-parts", "1.0")
    implementation(group = "com.example", name = "anchor-wire", version = wire)
    implementation(libs.beacon)
    implementation(libs.bundles.fleet)
    implementation(libs.unknown.thing)
    implementation(projects.wire)
    implementation(kotlin("stdlib", "2.0.0"))
    implementation(enforcedPlatform("com.example:fleet-bom:1.0"))
    implementation("com.example:gull:8.8") { isTransitive = false }
    "special"("com.example:special:1.0")
    add("runtimeOnly", "com.example:added:1.1")
    ksp("com.example:processor:1.0")
    testImplementation(platform("com.example:harness-bom:5.2"))
    testImplementation("com.example:harness-api")
}

testing {
    suites {
        val journey by registering(JvmTestSuite::class) {
            dependencies {
                implementation("com.example:journey:1.0")
            }
        }
    }
}
