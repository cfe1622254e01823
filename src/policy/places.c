/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/vocabulary.h"

#include <stddef.h>
#include <string.h>

#define PLACE(member, pointer) \
	{ \
		offsetof(struct places, member), pointer, NULL \
	}
#define INNER(member, array, path) \
	{ \
		offsetof(struct places, member), array, path \
	}

struct place_row {
	size_t offset; /* of the uint16_t in struct places */
	const char *pointer; /* of the value, or of the array when path is set */
	const char *path; /* in the elements of a nested array */
};

static const struct place_row place_rows[] = {
	PLACE(birth_date, "/member/birth_date"),
	PLACE(period_start, "/service_period/start"),
	PLACE(period_end, "/service_period/end"),
	PLACE(prior_to, "/prior_authorization/to"),
	PLACE(coverage, "/member/coverage"),
	PLACE(other_insurance, "/member/other_insurance"),
	PLACE(lines, "/lines"),
	PLACE(documents, "/documents"),
	PLACE(admission_status, "/admission/status"),
	PLACE(planned_on, "/admission/planned_on"),
	PLACE(admitted_on, "/admission/admitted_on"),
	PLACE(admitted_at, "/admission/admitted_at"),
	PLACE(discharged_at, "/admission/discharged_at"),
	PLACE(line_code, "/lines/*/code"),
	PLACE(line_units, "/lines/*/units"),
	PLACE(line_unit, "/lines/*/unit"),
	PLACE(line_start, "/lines/*/start"),
	PLACE(line_end, "/lines/*/end"),
	PLACE(coverage_plan, "/member/coverage/*/plan"),
	PLACE(coverage_from, "/member/coverage/*/from"),
	PLACE(coverage_to, "/member/coverage/*/to"),
	PLACE(coverage_retroactive, "/member/coverage/*/retroactive"),
	PLACE(insurance_from, "/member/other_insurance/*/from"),
	PLACE(insurance_to, "/member/other_insurance/*/to"),
	PLACE(insurance_covers, "/member/other_insurance/*/covers_service"),
	PLACE(denial_document, "/member/other_insurance/*/denial/document"),
	PLACE(denial_from, "/member/other_insurance/*/denial/from"),
	PLACE(denial_to, "/member/other_insurance/*/denial/to"),
	PLACE(document_id, "/documents/*/id"),
	PLACE(document_type, "/documents/*/type"),
	PLACE(document_kind, "/documents/*/kind"),
	PLACE(completed_on, "/documents/*/completed_on"),
	PLACE(updated_on, "/documents/*/updated_on"),
	PLACE(credential, "/documents/*/author/credential"),
	PLACE(face_to_face, "/documents/*/face_to_face"),
	PLACE(part_of, "/documents/*/part_of"),
	PLACE(covers_from, "/documents/*/covers/from"),
	PLACE(covers_to, "/documents/*/covers/to"),
	PLACE(sections, "/documents/*/sections"),
	PLACE(participants, "/documents/*/participants"),
	PLACE(signatures, "/documents/*/signatures"),
	INNER(section_name, "/documents/*/sections", "name"),
	INNER(section_page, "/documents/*/sections", "page"),
	INNER(section_text, "/documents/*/sections", "text"),
	INNER(section_value, "/documents/*/sections", "value"),
	INNER(section_as_of, "/documents/*/sections", "as_of"),
	INNER(section_goal_refs, "/documents/*/sections", "goal_refs"),
	INNER(participant_role, "/documents/*/participants", "role"),
	INNER(took_part, "/documents/*/participants", "took_part"),
	INNER(took_part_reason, "/documents/*/participants", "reason"),
	INNER(signature_role, "/documents/*/signatures", "role"),
	INNER(signature_qualified, "/documents/*/signatures", "qualified"),
	INNER(signed_on, "/documents/*/signatures", "signed_on"),
};

/* Words that mechanisms ask for, in the closed list of a slot. */
struct word_row {
	size_t offset;
	const char *pointer;
	const char *path;
	const char *word;
};

static const struct word_row word_rows[] = {
	{offsetof(struct places, status_none), "/admission/status", NULL, "none"},
	{offsetof(struct places, status_planned), "/admission/status", NULL, "planned"},
	{offsetof(struct places, status_admitted), "/admission/status", NULL, "admitted"},
	{offsetof(struct places, status_discharged), "/admission/status", NULL, "discharged"},
	{offsetof(struct places, unit_day), "/lines/*/unit", NULL, "day"},
	{offsetof(struct places, unit_quarter), "/lines/*/unit", NULL, "15min"},
	{offsetof(struct places, unit_hour), "/lines/*/unit", NULL, "hour"},
	{offsetof(struct places, covers_yes), "/member/other_insurance/*/covers_service", NULL, "yes"},
	{offsetof(struct places, covers_no), "/member/other_insurance/*/covers_service", NULL, "no"},
	{offsetof(struct places, took_part_yes), "/documents/*/participants", "took_part", "yes"},
};

static bool find_slot(const struct shape *shape, const char *pointer, const char *path, struct slot *ret_slot)
{
	if (!path) {
		return shape_find(shape, pointer, ret_slot);
	}
	const struct layout *layout = shape_elements(shape, pointer);
	return layout && layout_find(layout, path, ret_slot);
}

static bool find_word(const struct slot *slot, const char *word, uint16_t *ret_word)
{
	for (size_t i = 0; i < slot->word_count; i++) {
		if (strcmp(slot->words[i], word) == 0) {
			*ret_word = (uint16_t)i;
			return true;
		}
	}
	return false;
}

bool places_resolve(const struct shape *shape, const struct spot *spot, struct issues *issues, struct places *ret_places)
{
	bool good = true;
	for (size_t i = 0; i < sizeof(place_rows) / sizeof(place_rows[0]); i++) {
		const struct place_row *row = &place_rows[i];
		struct slot slot;
		if (find_slot(shape, row->pointer, row->path, &slot)) {
			memcpy((char *)ret_places + row->offset, &slot.index, sizeof(slot.index));
		} else {
			spot_issue(issues, spot, "bad_schema", "the request schema has no %s %s", row->pointer,
				   row->path ? row->path : "");
			good = false;
		}
	}
	for (size_t i = 0; i < sizeof(word_rows) / sizeof(word_rows[0]); i++) {
		const struct word_row *row = &word_rows[i];
		struct slot slot;
		uint16_t word;
		if (find_slot(shape, row->pointer, row->path, &slot) && find_word(&slot, row->word, &word)) {
			memcpy((char *)ret_places + row->offset, &word, sizeof(word));
		} else {
			spot_issue(issues, spot, "bad_schema", "the request schema has no word \"%s\" at %s", row->word,
				   row->pointer);
			good = false;
		}
	}
	return good;
}
