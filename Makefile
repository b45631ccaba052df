# vmtest: what a user and a CI call. Each target installs what it needs.
SHELL := /bin/sh
MAVEN := mvn -B -ntp -Dstyle.color=never
RELEASE ?= bookworm
TESTS ?=
RELEASES ?=

.PHONY: release quick help demo build whole artifacts deps check unit bench mutants nightly deb vmtest vmtest-deps arm64-kernel sync-images format clean

help:
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

demo: build ## install a Debian in a virtual machine and prove it, from nothing
	bin/vmtest images build --release $(RELEASE)
	bin/vmtest run SimpleTest --release $(RELEASE)

deps: ## install the Debian packages that vmtest needs, and unpack a newer QEMU beside the system's
	tools/deps
	tools/qemu

build: deps ## make bin/vmtest usable
	tools/build quick

artifacts: build ## let Maven find vmtest from other projects: install it into Maven's local repository
	$(MAVEN) -q -Pquick,artifacts -pl bom,junit -am install

whole: deps ## what build does, and tests compiled, bugs and style looked for
	tools/build whole

check: deps ## every test of the project, a few real VM tests included
	tools/check

quick: ## compile, and test the packages that have changed, without machines: make quick [TESTS='OneTests']
	tools/quick $(TESTS)

unit: whole ## the tests that need no virtual machine
	$(MAVEN) verify

bench: whole ## measure the claims of the documentation into bench/target/bench.json
	tools/bench

mutants: whole ## seed known defects and see which check catches each
	tools/mutants

deb: deps ## make the Debian package, packaging/target/vmtest_*.deb
	$(MAVEN) -q -DskipTests -Dpackaging.skip=false package

nightly: whole ## install a sample of random layouts: another one each day
	tools/nightly

vmtest: build ## run the suite: make vmtest TESTS='SimpleTest BasicTest'
	bin/vmtest run $(TESTS)

arm64-kernel: ## fetch the kernel of the test that boots an arm64 machine
	tools/arm64-kernel

vmtest-deps: deps ## the Python harness's name for deps

sync-images: build ## mirror IMAGE_SRC_URL (RELEASES='jammy noble'), or without it build Debian images
	@if [ -n "$${CURTIN_VMTEST_IMAGE_SRC_URL:-$${IMAGE_SRC_URL:-}}" ]; then \
	    bin/vmtest images sync $(RELEASES); \
	else \
	    bin/vmtest images build; \
	fi

release: ## make a release: make release VERSION=1.2.0 (DRY_RUN=1 only says what it would do)
	tools/release $(if $(DRY_RUN),--dry-run) "$(VERSION)"

format: ## rewrite the sources as the build wants them
	$(MAVEN) -q spotless:apply

clean: ## remove what the build made
	$(MAVEN) -q clean
