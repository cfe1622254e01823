/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether a policy file has the form that its schema asks for. Reads JSON Schema 2020-12 as far as the schemas of policy files use it:
 * $ref within the file, type, properties, required, additionalProperties (false or a schema), items, minItems, maxItems, minLength,
 * maxLength, minimum, maximum, minProperties, maxProperties, enum, format date. Another keyword is a problem of the schema.
 */
#ifndef AR_POLICY_FORM_H
#define AR_POLICY_FORM_H

#include "base/json.h"
#include "policy/spot.h"

#include <stdbool.h>

/* Adds every problem to ISSUES; true when there was none. */
bool form_check(const struct json *schema, const struct json *node, const struct spot *spot, struct issues *issues);

/* As form_check for the part of SCHEMA at POINTER ("/$defs/item"). */
bool form_check_part(const struct json *schema, const char *pointer, const struct json *node, const struct spot *spot,
		     struct issues *issues);

#endif
