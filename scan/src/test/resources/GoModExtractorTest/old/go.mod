module example.org/old

go 1.16

require example.org/dep v1.4.0
