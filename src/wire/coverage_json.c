/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/coverage_json.h"

void coverage_counts_write(struct json_writer *writer, const char *name, const size_t counts[COVERAGE_STATE_COUNT])
{
	json_put_name(writer, name);
	json_open_object(writer);
	for (int state = 0; state < COVERAGE_STATE_COUNT; state++) {
		json_member_integer(writer, coverage_state_name((enum coverage_state)state), (int64_t)counts[state]);
	}
	json_close_object(writer);
}

static void write_clause(struct json_writer *writer, const struct coverage_row *row)
{
	json_open_object(writer);
	json_member_text(writer, "document", row->document);
	json_member_text(writer, "clause", row->clause);
	json_member_text(writer, "title", row->title);
	json_member_text(writer, "state", coverage_state_name(row->state));
	json_member_text(writer, "why", row->why);
	json_put_name(writer, "items");
	json_open_array(writer);
	for (size_t i = 0; i < row->item_count; i++) {
		json_put_text(writer, row->items[i]->id);
	}
	json_close_array(writer);
	json_close_object(writer);
}

void coverage_clauses_write(struct json_writer *writer, const struct coverage *coverage)
{
	json_put_name(writer, "clauses");
	json_open_array(writer);
	for (size_t i = 0; i < coverage->count; i++) {
		write_clause(writer, &coverage->rows[i]);
	}
	json_close_array(writer);
}
