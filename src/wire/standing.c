/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/standing.h"

#include "wire/cite.h"
#include "wire/policy_json.h"
#include "wire/time_json.h"

static void write_standing(struct json_writer *writer, const struct attestation *attestation, const struct json *said)
{
	const bool there = attestation->state != ATTESTATION_MISSING;
	json_member_text(writer, "state", attestation_state_name(attestation->state));
	json_member_day_if(writer, "on", there, attestation->on);
	json_member_day_if(writer, "expires_on", there && attestation->expires, attestation->expires_on);
	json_member_text(writer, "expires_by",
			 !there || !attestation->expires ? NULL
			 : attestation->shortened        ? "attested"
							 : "policy");
	json_member_tree(writer, "attested_by", json_member(said, "by"));
	json_member_tree(writer, "note", json_member(said, "note"));
	json_member_tree(writer, "recorded_at", json_member(said, "recorded_at"));
}

/* Of several organizations one whose attestation is current is shown, of these the newest; the others stand beside it. */
static const struct standing_answer *shown(const struct standing_answer *answer, size_t place)
{
	const struct standing_answer *best = answer;
	for (size_t i = 0; i < answer->part_count; i++) {
		const struct attestation *theirs = &answer->parts[i].attestations[place];
		const struct attestation *ours = &best->attestations[place];
		const bool newer = theirs->state == ours->state && theirs->state != ATTESTATION_MISSING &&
				   civil_compare(theirs->on, ours->on) > 0;
		best = theirs->state < ours->state || newer ? &answer->parts[i] : best;
	}
	return best;
}

static void write_organizations(struct json_writer *writer, const struct standing_answer *answer, size_t place)
{
	json_put_name(writer, "by_organization");
	json_open_array(writer);
	for (size_t i = 0; i < answer->part_count; i++) {
		const struct standing_answer *part = &answer->parts[i];
		if (part->attestations[place].state != ATTESTATION_MISSING) {
			json_open_object(writer);
			json_member_text(writer, "organization", part->organization);
			write_standing(writer, &part->attestations[place], part->said[place]);
			json_close_object(writer);
		}
	}
	json_close_array(writer);
}

static void write_attestation(struct json_writer *writer, const struct standing_answer *answer, size_t place)
{
	const struct standing_answer *one = shown(answer, place);
	const struct item *item = answer->attestations[place].item;
	json_open_object(writer);
	json_member_text(writer, "attestation", item->id);
	write_standing(writer, &one->attestations[place], one->said[place]);
	if (answer->parts != NULL) {
		json_member_text(writer, "organization", one->organization);
		write_organizations(writer, answer, place);
	}
	json_member_text(writer, "text", item->text);
	json_member_text(writer, "ask", item->ask);
	cite_write(writer, item);
	json_close_object(writer);
}

void standing_answer_write(struct json_writer *writer, const struct standing_answer *answer)
{
	const struct program *program = answer->program;
	const struct zone *zone = program->policy->zone;
	json_open_object(writer);
	if (answer->id != NULL) {
		json_member_text(writer, "id", answer->id);
		json_member_integer(writer, "version", answer->version);
		json_member_instant(writer, "received_at", answer->received_at, zone);
		json_member_instant(writer, "updated_at", answer->updated_at, zone);
	}
	json_member_text(writer, "payer", program->policy->payer);
	json_member_text(writer, "service", program->service);
	json_member_text(writer, "review", program->review);
	json_member_text(writer, "provider_npi", answer->provider_npi);
	policy_write(writer, program->policy);
	json_put_name(writer, "attestations");
	json_open_array(writer);
	for (size_t i = 0; i < answer->count; i++) {
		write_attestation(writer, answer, i);
	}
	json_close_array(writer);
	json_put_name(writer, "links");
	json_open_object(writer);
	policy_links_write(writer, program);
	json_close_object(writer);
	json_close_object(writer);
}
