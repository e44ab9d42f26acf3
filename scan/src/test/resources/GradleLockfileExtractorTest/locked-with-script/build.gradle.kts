plugins {
    java
}

val harness = "5.2"

dependencies {
    implementation("com.example:anchor-core:2.1.0")
    compileOnly(libs.chart)
    testImplementation("com.example:harness-api:$harness")
    annotationProcessor("com.example:processor:1.0")
    implementation(project(":wire"))
}
