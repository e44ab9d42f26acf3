// A module with one of everything.
module "example.org/app" // the root

go 1.24.1
toolchain go1.24.5-vendor

require example.org/single v1.0.0

require (
	example.org/direct v1.2.3
	example.org/deep/path/v2 v2.0.0-20240102030405-abcdefabcdef
	example.org/old v2.0.0 // pinned for the old API
	example.org/indirect v0.4.0 // indirect
	example.org/odd v0.5.0 // indirect; kept for tests
	example.org/tools v0.6.0 // indirect
	example.org/twice v1.9.0
	example.org/twice v1.10.0

	example.org/forked v1.0.0
	example.org/forkedonce v1.1.0
	example.org/folder v0.0.0
	example.org/banned v1.0.0
	example.org/branch master
)

require(
	`example.org/raw` v3.1.0
)

replace example.org/forked => example.org/fork v1.0.1

replace (
	example.org/folder => ../folder
	example.org/forkedonce v1.1.0 => example.org/fork/once v1.1.1
	example.org/forkedonce => ./never
	example.org/never v1.0.0 => example.org/unused v9.9.9
)

exclude (
	example.org/banned v1.0.0
	example.org/direct v1.2.2
)

retract [v0.1.0, v0.2.0] // broken

retract (
	v0.3.0
)

tool example.org/tools/cmd/generate

godebug default=go1.23

require example.org/lonely
unknown verb here
