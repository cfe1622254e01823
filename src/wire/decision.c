/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/decision.h"

#include "wire/sensitivity.h"

#include <string.h>

enum { CELLS = 22 };

struct cell {
	const char *name;
	const char *value;
};

/* Every part of a line in the order of its columns. JSON writes `late` as a boolean, and the labels as a list. */
static void cells_of(const struct decision_line *line, struct arena *arena, char at[INSTANT_TEXT_SIZE],
		     struct cell cells[CELLS])
{
	const struct cell all[CELLS] = {
		{"id", line->id},
		{"request", line->request_id},
		{"tracking_number", line->tracking_number},
		{"disposition", line->disposition},
		{"outcome", line->outcome},
		{"basis", line->basis},
		{"reason", line->reason},
		{"decided_at", zone_format(line->zone, line->decided_at, at)},
		{"late", line->late ? "true" : "false"},
		{"payer", line->payer},
		{"service", line->service},
		{"review", line->review},
		{"by", line->by},
		{"role", line->role},
		{"credential", line->credential},
		{"authorization_number", line->authorization_number},
		{"covered_from", line->covered_from},
		{"covered_to", line->covered_to},
		{"supersedes", line->supersedes},
		{"superseded_by", line->superseded_by},
		{"appeal", line->appeal},
		{"sensitivity", sensitivity_text(arena, line->sensitivity)},
	};
	memcpy(cells, all, sizeof(all));
}

void decision_members_write(struct json_writer *writer, const struct decision_line *line)
{
	char at[INSTANT_TEXT_SIZE];
	struct cell cells[CELLS];
	cells_of(line, writer->out->arena, at, cells);
	for (size_t i = 0; i < CELLS; i++) {
		if (strcmp(cells[i].name, "late") == 0) {
			json_member_boolean(writer, "late", line->late);
		} else if (strcmp(cells[i].name, "sensitivity") == 0) {
			sensitivity_write(writer, line->sensitivity);
		} else {
			json_member_text(writer, cells[i].name, cells[i].value);
		}
	}
}

static void put_cell(struct text *out, const char *value)
{
	text_puts(out, "\"");
	const char *first = value != NULL ? value + strspn(value, " \t\r\n") : "";
	if (*first != '\0' && strchr("=+-@", *first) != NULL) {
		text_puts(out, "'");
	}
	for (const char *at = value != NULL ? value : ""; *at != '\0'; at++) {
		text_add(out, at, 1);
		if (*at == '"') {
			text_add(out, at, 1);
		}
	}
	text_puts(out, "\"");
}

static void put_row(struct text *out, const struct cell *cells, bool header)
{
	for (size_t i = 0; i < CELLS; i++) {
		text_puts(out, i > 0 ? "," : "");
		put_cell(out, header ? cells[i].name : cells[i].value);
	}
	text_puts(out, "\r\n");
}

void decision_csv_header(struct text *out)
{
	static const char *const names[CELLS] = {
		"id",           "request",     "tracking_number", "disposition",
		"outcome",      "basis",       "reason",          "decided_at",
		"late",         "payer",       "service",         "review",
		"by",           "role",        "credential",      "authorization_number",
		"covered_from", "covered_to",  "supersedes",      "superseded_by",
		"appeal",       "sensitivity",
	};
	struct cell cells[CELLS] = {{NULL, NULL}};
	for (size_t i = 0; i < CELLS; i++) {
		cells[i].name = names[i];
	}
	put_row(out, cells, true);
}

void decision_csv_row(struct text *out, const struct decision_line *line)
{
	char at[INSTANT_TEXT_SIZE];
	struct cell cells[CELLS];
	cells_of(line, out->arena, at, cells);
	put_row(out, cells, false);
}
