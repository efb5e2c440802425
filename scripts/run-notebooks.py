"""Runs notebooks, given as JSON, in Deno's kernel. A notebook with `shows` says what its last cells must show.

A cell that tells that it waits, by writing "waiting", is interrupted.
"""

import asyncio
import json
import sys

import nbformat
from nbclient import NotebookClient

MIMES = ("text/plain", "text/markdown", "text/html")


class InterruptingClient(NotebookClient):
    """Does what somebody does who is tired of waiting."""

    def process_message(self, msg, cell, cell_index):
        if msg["msg_type"] == "stream" and "waiting" in msg["content"]["text"]:
            asyncio.get_running_loop().create_task(self.km.interrupt_kernel())
        return super().process_message(msg, cell, cell_index)


def run(notebook):
    """Runs a notebook and tells what is not shown."""
    cells = [nbformat.v4.new_code_cell(cell) for cell in notebook["cells"]]
    book = nbformat.v4.new_notebook(cells=cells)
    InterruptingClient(book, timeout=300, kernel_name="deno").execute()
    shows = notebook.get("shows", [])
    for cell, expected in zip(book.cells[len(book.cells) - len(shows) :], shows):
        data = next((output["data"] for output in cell.outputs if output["output_type"] == "execute_result"), {})
        for mime in MIMES:
            if expected not in data.get(mime, ""):
                return f"{cell.source}\nshows as {mime}, without {expected!r}:\n{data.get(mime)}"
    return None


notebooks = json.load(sys.stdin)
for notebook in notebooks:
    try:
        # The kernel may give a result only after it has said that it is idle; the client then does not see it.
        wrong = run(notebook) and run(notebook) and run(notebook)
    except Exception as error:
        wrong = error
    if wrong:
        sys.exit(f"{notebook['name']}: {wrong}")
shown = sum(len(notebook.get("shows", [])) for notebook in notebooks)
print(f"{len(notebooks)} notebooks run cell by cell in Deno's kernel; {shown} values show themselves")
