# Two commands matter: `make run` and `make test`. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export UV_COMPILE_BYTECODE := 1
export DAGSTER_DISABLE_TELEMETRY := yes
export DBT_SEND_ANONYMOUS_USAGE_STATS := false

.PHONY: help setup run dev browser no-node test lint bench scorecard lock clean
.DEFAULT_GOAL := help

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

# The environment is made anew whenever the lock changes; the stamp says which lock it holds.
$(VENV)/.made: requirements.txt requirements-uv.txt pyproject.toml
	@echo "▶ 按锁定清单建 Python 环境 $(VENV) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "需要 Python 3.11 或更高版本：make PYTHON=python3.12 …"; exit 2; }
	@$(CLOCK); $(PYTHON) -m venv $(VENV) && \
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-uv.txt && \
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.txt && \
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . && \
	$(TOOK) Python 环境
	@touch $@

# npm ci empties node_modules first, so that a stamp inside says which lock it holds.
reports/node_modules/.made: reports/package-lock.json
	@echo "▶ 按锁定清单取数据站的 npm 包 …"
	@$(CLOCK); cd reports && npm ci --silent --no-audit --no-fund && $(TOOK) npm 包
	@touch $@

setup: $(VENV)/.made  ## make the Python environment

# A line of shell that says how long the lines since $(CLOCK) took.
CLOCK = begun=$$(date +%s)
TOOK = took() { echo "  $$*：$$(($$(date +%s) - begun)) 秒"; } && took

NODE_OK := $(shell node -e 'process.exit(+(parseInt(process.versions.node) < 20))' 2>/dev/null && \
	command -v npm >/dev/null && echo yes)
ifeq ($(NODE_OK),yes)
NODE_MODULES := reports/node_modules/.made
endif

HOME_DIR = $(or $(JIJIAN_HOME),data)
RECEIVED = $(HOME_DIR)/sample/received
LAST := 2023-07

run: setup $(NODE_MODULES)  ## set up everything and take the sample district through to what people open
	@# The stamp is made when all is received: exit 1 only says that something was returned, each
	@# file's receipt tells what. After an interruption all is written and handed in again.
	@test -f $(RECEIVED) || { $(BIN)/jijian sample --to $(LAST) || exit 2; echo "▶ 接收报表册 …"; $(CLOCK); \
		{ $(BIN)/jijian receive --plan $(HOME_DIR)/sample/plan.csv; \
			test $$? -le 1 && touch $(RECEIVED); } | tee $(RECEIVED).txt | \
			awk 'NR % 100 == 0 {print "  已处理 " NR " 个文件"; fflush()}'; \
		test -f $(RECEIVED) && $(TOOK) 接收报表册; }
	@$(BIN)/jijian run --period $(LAST)
	@$(BIN)/jijian report --period $(LAST) --notices
ifdef NODE_MODULES
	@$(BIN)/jijian site
else
	@echo "没有 Node 20 或更高版本（含 npm），未建数据站；其余都已完成。"
endif
	@echo "────"
	@echo "发布（只读 DuckDB 与 Parquet）：$$(readlink -f $(HOME_DIR)/releases/current)"
	@echo "各单位回执：$(HOME_DIR)/receipts/<报告期>/<单位>/，接收结果清单：$(RECEIVED).txt"
	@find -L $(HOME_DIR)/releases/current/reports $(HOME_DIR)/reports -maxdepth 1 \
		\( -name '*.docx' -o -name '*.pdf' -o -name '*.xlsx' -o -name '提示函_*' \) 2>/dev/null | sed 's/^/文稿和表：/'
ifdef NODE_MODULES
	@echo "数据站：$(BIN)/jijian$(if $(JIJIAN_HOME), --home $(JIJIAN_HOME)) serve，再打开它给出的网址"
endif

DEV_PORT := 3000
dev: setup  ## Dagster's window on the pipeline, on loopback
	@mkdir -p $(HOME_DIR)/dagster && cp orchestration/dagster.yaml $(HOME_DIR)/dagster/
	@echo "▶ 约 20 秒后打开 http://127.0.0.1:$(DEV_PORT)；收件箱传感器与三个计划默认停用，在 Automation 页逐个启用"
	@JIJIAN_HOME=$(abspath $(HOME_DIR)) DAGSTER_HOME=$(abspath $(HOME_DIR))/dagster \
		$(BIN)/dagster dev -m orchestration.definitions -h 127.0.0.1 -p $(DEV_PORT)

# The tests drive the machine's Chromium and LibreOffice; only root can install them, from the
# distribution. LibreOffice's calc alone is 75 MB to fetch, 233 MB on disk.
CHROMIUM := /usr/bin/chromium
PACKAGES := chromium libreoffice-calc fonts-noto-cjk fontconfig
browser:
	@test -x $(CHROMIUM) && command -v localc >/dev/null && \
		fc-list :lang=zh 2>/dev/null | grep -q . || { \
		echo "▶ 测试要用浏览器、LibreOffice 和中文字体，安装系统软件包：$(PACKAGES)"; \
		test "$$(id -u)" = 0 && command -v apt-get >/dev/null || { \
			echo "不能安装（需要 root 和 apt-get）：请先装好 $(PACKAGES) 再运行 make test"; exit 2; }; \
		$(CLOCK); apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y \
			--no-install-recommends $(PACKAGES) >/dev/null && $(TOOK) 系统软件包; }

no-node:
	@echo "测试要建数据站：请先装好 Node 20 或更高版本（含 npm）"; exit 2

test: $(if $(NODE_MODULES),,no-node) setup lint $(NODE_MODULES) browser  ## set up everything, lint and run all tests
	$(BIN)/python -m pytest -n 2 --dist loadfile

# A minute on two idle cores: 27 processor seconds for the SQL, 39 for the types without a cache.
lint: setup  ## formatting, style, types, the SQL and the generated files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --processes 2 dbt_project/models dbt_project/tests reports/queries \
		reports/analysts
	$(BIN)/jijian render --check

bench: setup  ## measure receiving, building and releasing beside plain reading and plain SQL
	$(BIN)/python tests/benchmarks/measure.py

scorecard: setup  ## plant every kind of fault, see what is found, and write reports/analysts/scorecard.md
	$(BIN)/python -m orchestration.scorecard

lock:  ## resolve the dependencies of pyproject.toml anew
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
		--extra test --extra build --no-annotate --no-header -o requirements.txt pyproject.toml

clean:  ## remove the environment and what was built (never the home folder)
	rm -rf $(VENV) node_modules reports/node_modules dbt_project/target dbt_project/logs
