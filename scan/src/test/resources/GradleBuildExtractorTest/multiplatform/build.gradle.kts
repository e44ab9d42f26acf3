kotlin {
    sourceSets {
        commonMain.dependencies {
            implementation("com.example:anchor-core:2.1.0")
        }
        val commonTest by getting {
            dependencies { implementation("com.example:harness-api:5.2") }
        }
    }
}
