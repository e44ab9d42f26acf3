module example.org/old

go 1.17

require example.org/dep v1.4.0
