# The two commands: `make demo` runs the whole loop, `make test` proves the build. Both install what
# is missing first (see ./setup --help). Arguments for the demo: make demo ARGS='--seed 3'.

ARGS ?=
TESTFLAGS ?=
binary := .build/release/phyworld
sources := Package.swift Sources Tests Benchmarks

.DEFAULT_GOAL := help
.PHONY: help setup build demo quick test format lint clean

help:
	@echo 'make demo     set up, build, then simulate, train, generate, measure, report (ARGS=...)'
	@echo 'make quick    the same loop at the smallest scale'
	@echo 'make test     set up, build and run every test (TESTFLAGS="--filter NAME")'
	@echo 'make setup    install what is missing: Debian packages, libtorch, Swift packages'
	@echo 'make build    set up and build the phyworld command, release configuration'
	@echo 'make format   rewrite the Swift files in the house style'
	@echo 'make lint     say where Swift files and shell scripts leave the house style'
	@echo 'make clean    remove what was built (keeps .deps and runs)'

setup:
	@./setup

# One configuration for the command and its tests, so that nothing is compiled twice.
build: setup
	swift build -c release

demo: build
	$(binary) demo $(ARGS)

quick: build
	$(binary) demo --scale quick $(ARGS)

test: setup
	Scripts/test.sh $(TESTFLAGS)

format:
	swift format format --in-place --recursive $(sources)

lint:
	swift format lint --strict --recursive $(sources)
	@if command -v shellcheck >/dev/null; then shellcheck -x setup .ci/run Scripts/*.sh Benchmarks/*.sh; fi

clean:
	rm -rf .build
