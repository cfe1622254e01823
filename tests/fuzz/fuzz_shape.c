/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any text as a body of a shape that has every kind of value, and any text as a schema. An issue stands at a place that the body has
 * (or, for a missing member, would have), and a body is refused exactly when there is an issue.
 */
#include "base/shape.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const char schema_text[] =
	"{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"w\"],\"properties\":{"
	"\"t\":{\"type\":[\"string\",\"null\"],\"minLength\":1,\"maxLength\":9,\"x-form\":\"icd10\"},"
	"\"n\":{\"type\":\"string\",\"maxLength\":12,\"x-form\":\"npi\"},"
	"\"w\":{\"type\":\"string\",\"enum\":[\"initial\",\"concurrent\"]},"
	"\"b\":{\"type\":\"boolean\"},\"i\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":9},"
	"\"u\":{\"type\":\"number\",\"x-form\":\"positive\"},\"d\":{\"type\":\"string\",\"format\":\"date\"},"
	"\"a\":{\"type\":\"string\",\"format\":\"date-time\"},\"m\":{\"type\":[\"string\",\"null\"],\"format\":\"moment\"},"
	"\"g\":{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"b\"],\"properties\":{\"b\":{\"type\":"
	"\"boolean\"}}},"
	"\"l\":{\"type\":\"array\",\"minItems\":1,\"maxItems\":3,\"items\":{\"type\":\"string\",\"maxLength\":2}},"
	"\"r\":{\"type\":\"array\",\"maxItems\":5,\"x-unique\":\"id\",\"items\":{\"type\":\"object\",\"additionalProperties\":"
	"false,"
	"\"properties\":{\"id\":{\"type\":[\"string\",\"null\"],\"maxLength\":3},\"r\":{\"type\":\"array\",\"maxItems\":2,"
	"\"items\":{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{\"m\":{\"type\":\"string\",\"format\":"
	"\"moment\"}"
	"}}}}}}}}";

static void check_issue(const struct json *body, const struct issue *issue)
{
	const bool there = json_at(body, issue->pointer) != NULL;

	if (there == (strcmp(issue->code, "missing_member") == 0) || issue->detail == NULL || issue->fix == NULL) {
		abort();
	}
}

static void try_body(struct arena *arena, const struct shape *shape, const struct json *body)
{
	struct issues issues;

	issues_init(&issues, arena);
	const struct record *record = shape_decode(shape, body, arena, &issues);
	if ((record != NULL) == issues_any(&issues)) {
		abort();
	}
	for (size_t i = 0; i < issues.count; i++) {
		check_issue(body, &issues.items[i]);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena *arena = arena_create();
	struct err err = {0};
	const struct json *schema = json_parse(arena, schema_text, sizeof(schema_text) - 1, &json_limits_file, &err);
	const struct json *input = json_parse(arena, (const char *)bytes, length, &json_limits_body, &err);
	const struct shape *shape = schema == NULL ? NULL : shape_compile(arena, schema, NULL, NULL, NULL, &err);

	if (shape == NULL) {
		abort();
	}
	if (input != NULL) {
		try_body(arena, shape, input);
		shape = shape_compile(arena, input, NULL, NULL, NULL, &err);
		if (shape != NULL) {
			try_body(arena, shape, schema);
		}
	}
	arena_destroy(arena);
	return 0;
}
