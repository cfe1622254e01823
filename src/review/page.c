/* SPDX-License-Identifier: Apache-2.0 */
#include "review/page.h"

#include "wire/sensitivity.h"

void page_open(struct page *page, const char *rows, size_t size, struct arena *arena)
{
	page->labels = 0;
	text_init(&page->text, arena, size);
	json_writer_init(&page->writer, &page->text);
	json_open_object(&page->writer);
	json_put_name(&page->writer, rows);
	json_open_array(&page->writer);
}

const char *page_next(const struct worklist_cursor *last, const char *path, const char *scope, struct arena *arena,
		      struct outcome *outcome)
{
	const char *cursor = worklist_cursor_write(arena, last, scope);
	outcome->next = path != NULL ? arena_printf(arena, "%s?%scursor=%s", path, scope, cursor) : NULL;
	return cursor;
}

void page_close(struct page *page, const char *cursor, struct outcome *outcome)
{
	json_close_array(&page->writer);
	sensitivity_put_notice(&page->writer, page->labels);
	json_member_text(&page->writer, "next", outcome->next);
	json_member_text(&page->writer, "cursor", cursor);
	json_close_object(&page->writer);
	outcome_answer(outcome, &page->text);
}
