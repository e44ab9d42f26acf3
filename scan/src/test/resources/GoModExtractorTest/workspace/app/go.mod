module example.org/app

go 1.22

require example.org/lib v0.1.0

require example.org/dep v1.4.0
