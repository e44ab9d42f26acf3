module example.org/lib

go 1.22

replace example.org/dep => example.org/dep/other v1.6.0

require example.org/dep v1.4.0
