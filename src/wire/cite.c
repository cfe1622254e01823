/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/cite.h"

void cite_write_clause(struct json_writer *writer, const char *document, const char *clause)
{
	json_open_object(writer);
	json_member_text(writer, "document", document);
	json_member_text(writer, "clause", clause);
	json_close_object(writer);
}

void cite_write(struct json_writer *writer, const struct item *item)
{
	json_put_name(writer, "cite");
	json_open_array(writer);
	for (size_t i = 0; i < item->cite_count; i++) {
		cite_write_clause(writer, item->document, item->cite[i]);
	}
	json_close_array(writer);
}
