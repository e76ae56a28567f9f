"""The tasks that run in the background, and the tables that they read.

The process of these tasks starts with nothing loaded, so this module imports no more than they
need.
"""

from __future__ import annotations

from typing import Any

from generator.engine.tasks import PROGRAM, Task
from generator.linking.similarity.keyword_weights import KeywordBlock
from generator.linking.similarity.survey import SurveyBlock
from generator.search.index_blocks import IndexBlock
from generator.search.saved_parts import SavedParts

DOCUMENTS = "documents"
"""Documents with their texts, as they were read."""
TERM_IDS = "term ids"
"""The words of a document as ids, with their counts."""
DOCUMENT_PARTS = "document parts"
"""A document's short parts of the files with all documents."""
JSONL_LINES = "jsonl lines"
"""A document's line in documents.jsonl."""
SEARCH_ENTRIES = "search entries"
"""The entries of a block of the search index, by the fingerprint of these entries."""

TABLE_FILES: Task[Any] = Task("table files", "writing pages", Any, (PROGRAM, "the documents"))
"""Files with a part for each document; the result is the layout of the file."""

SIMILARITY = "similarity"
"""The one `SavedSimilarity`; what changed in it is found by the comparison itself."""

WEIGH_KEYWORDS: Task[KeywordBlock] = Task("keywords", "comparing", KeywordBlock)
"""Each item is a block of documents, by its number; what changed in it is found by comparing."""

SURVEY_TEXTS: Task[SurveyBlock] = Task("surveys of texts", "comparing", SurveyBlock)
"""The same blocks of documents."""

INDEX_BLOCKS: Task[IndexBlock] = Task("blocks of the search index", "comparing", IndexBlock)
"""Each item is a block of entries, by the fingerprint of these entries."""

INDEX_PARTS: Task[SavedParts] = Task("parts of the search index", "comparing", SavedParts)
"""The whole corpus is one item."""

CORPUS = "corpus"
"""Key of the only item of tasks for the whole corpus."""
