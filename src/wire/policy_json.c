/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/policy_json.h"

void file_write(struct json_writer *writer, const char *name, const char *id, const char *digest_hex)
{
	json_put_name(writer, name);
	json_open_object(writer);
	json_member_text(writer, "id", id);
	json_member_text(writer, "digest", digest_hex);
	json_close_object(writer);
}

void policy_files_write(struct json_writer *writer, const struct policy *policy)
{
	file_write(writer, "calendar", policy->calendar->id, policy->calendar->digest_hex);
	json_put_name(writer, "overlays");
	json_open_array(writer);
	for (size_t i = 0; i < policy->overlay_count; i++) {
		json_open_object(writer);
		json_member_text(writer, "id", policy->overlays[i]->id);
		json_member_text(writer, "digest", policy->overlays[i]->digest_hex);
		json_close_object(writer);
	}
	json_close_array(writer);
}

void policy_write(struct json_writer *writer, const struct policy *policy)
{
	json_put_name(writer, "policy");
	json_open_object(writer);
	json_member_text(writer, "id", policy->id);
	json_member_text(writer, "version", policy->version);
	json_member_text(writer, "digest", policy->digest_hex);
	policy_files_write(writer, policy);
	json_close_object(writer);
}

void policy_links_write(struct json_writer *writer, const struct program *program)
{
	struct arena *arena = writer->out->arena;
	json_member_text(writer, "requirements",
			 arena_printf(arena, "/v1/requirements?payer=%s&service=%s&review=%s", program->policy->payer,
				      program->service, program->review));
	json_member_text(writer, "policy",
			 arena_printf(arena, "/v1/policies/%s/versions/%s", program->policy->id, program->policy->version));
}
