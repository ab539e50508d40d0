# Khơi Thông: mọi việc thường làm, mỗi việc một lệnh. `make` hay `make help` liệt kê chúng.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --universal --python-version 3.11

.DEFAULT_GOAL := help
.PHONY: help run demo test test-fast lint format messages lock score bench bench-reading screenshots clean env env-dev

help: ## liệt kê các lệnh · list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: ## dựng mọi thứ, nạp dữ liệu mẫu, mở ở http://127.0.0.1:8000 (đổi cổng: PORT=8080) · bring all up and serve
	@$(PYTHON) tools/bootstrap.py --port "$(PORT)"
	@exec $(BIN)/khoithong serve --demo --port "$(PORT)"

demo: env ## như run nhưng không mở máy chủ · all of run but serving
	@$(BIN)/khoithong demo

test: env-dev ## toàn bộ kiểm thử, trên SQLite rồi trên PostgreSQL · the whole suite on both databases
	@exec $(BIN)/python tools/run_tests.py

test-fast: env-dev ## kiểm thử nhanh: chỉ SQLite, không trình duyệt · SQLite only, no browser
	@exec $(BIN)/python tools/run_tests.py --fast

lint: env-dev ## ruff, mypy và luật nhà (import-linter) · style, types and the laws of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy tools
	$(BIN)/lint-imports

format: env-dev ## sửa kiểu trình bày mã · format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: env-dev ## lấy các câu mới trong mã, biên dịch bản tiếng Anh · bring the English catalogue up to date
	@$(BIN)/python tools/messages.py

lock: env-dev ## tính lại hai tệp khóa phiên bản từ pyproject.toml · compile both lock files again
	$(LOCK) --output-file requirements.lock
	$(LOCK) --extra dev --extra archive --extra cluster --constraint requirements.lock --output-file requirements-dev.lock

score: env ## chấm việc đọc trên văn bản đã gán nhãn, nếu có bên cạnh · score the reader
	@$(BIN)/python benchmarks/score.py

bench: env-dev ## đo tốc độ và bộ nhớ, mỗi phép đo một dòng JSON · measure; JSON lines
	@for measure in benchmarks/*.py; do \
	  case "$$measure" in */_*|*/score.py|*/oracle.py|*/reading.py) continue ;; esac; \
	  $(BIN)/python "$$measure" || exit 1; \
	done

bench-reading: env-dev ## đo việc đọc bên cạnh grep, eyecite, underthesea; dòng JSON · measure the reading beside its peers
	@$(BIN)/python benchmarks/reading.py

screenshots: env-dev ## chụp lại ảnh trong docs/images từ dữ liệu mẫu · take the pictures again
	@$(BIN)/python tools/screenshots.py

clean: ## bỏ .venv và các bộ nhớ đệm; giữ nguyên dữ liệu trong var/ · drop .venv and caches, keep var/
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find src tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

env:
	@$(PYTHON) tools/bootstrap.py

env-dev:
	@$(PYTHON) tools/bootstrap.py --dev
