/* SPDX-License-Identifier: Apache-2.0 */
/* The texts and names of policy files, whatever they are for: each says something, can be printed, and can stand where it is named. */
#include "policy/loader.h"

#include "base/text.h"

#include <ctype.h>
#include <string.h>

enum { DELETE = 0x7f, SPACE = 0x20, C1_LEAD = 0xc2, C1_END = 0xa0 };

/* A bell or an escape that somebody pasted is seen by nobody who reads the file, and by everybody who reads the answer. */
static bool has_control(const char *text)
{
	const unsigned char *at = (const unsigned char *)text;
	for (; *at != '\0'; at++) {
		if (*at < SPACE || *at == DELETE || (at[0] == C1_LEAD && at[1] < C1_END)) {
			return true;
		}
	}
	return false;
}

static bool check_text(const char *text, const struct spot *spot, struct issues *issues)
{
	if (text_blank(text)) {
		spot_issue(issues, spot, "blank", "says nothing");
		return false;
	}
	if (has_control(text)) {
		spot_issue(issues, spot, "control_character", "holds a character that nobody can see");
		return false;
	}
	return true;
}

bool load_text(const struct json *json, const struct spot *spot, struct issues *issues)
{
	const char *text = json_text(json);
	bool good = !text || check_text(text, spot, issues);
	size_t index = 0;
	for (const struct json *one = json_first(json); one; one = json_next(one), index++) {
		const char *name = json_name(one);
		const struct spot here = name ? spot_member(spot, name) : spot_element(spot, index);
		good = (!name || check_text(name, &here, issues)) && good;
		good = load_text(one, &here, issues) && good;
	}
	return good;
}

static bool is_name(const char *name, const char *others)
{
	for (const char *at = name; *at != '\0'; at++) {
		if (!isalnum((unsigned char)*at) && !strchr(others, *at)) {
			return false;
		}
	}
	return name[0] != '\0';
}

bool load_item_name(const char *id, const struct spot *spot, struct issues *issues)
{
	if (is_name(id, "._-")) {
		return true;
	}
	spot_issue(issues, spot, "wrong_name",
		   "must be letters, digits, dots, hyphens and underscores: it stands in addresses");
	return false;
}

/* Facts and their members are named by paths, where a slash would be a step and an asterisk every element. */
bool load_fact_names(const struct json *properties, const struct spot *spot, struct issues *issues)
{
	bool good = true;
	/* the shape of the facts refuses a list */
	for (const struct json *one = json_first(properties); one && json_name(one); one = json_next(one)) {
		const struct spot here = spot_member(spot, json_name(one));
		const struct spot at_inner = spot_member(&here, "properties");
		const struct spot at_items = spot_member(&here, "items");
		const struct spot at_members = spot_member(&at_items, "properties");
		if (!is_name(json_name(one), "_-")) {
			spot_issue(issues, &here, "wrong_name",
				   "must be letters, digits, hyphens and underscores: it stands in paths");
			good = false;
		}
		good = load_fact_names(json_member(one, "properties"), &at_inner, issues) && good;
		good = load_fact_names(json_member(json_member(one, "items"), "properties"), &at_members, issues) && good;
	}
	return good;
}
