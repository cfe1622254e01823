/* SPDX-License-Identifier: Apache-2.0 */
/* The version of the policy that judged, as answers name it. */
#ifndef AR_WIRE_POLICY_JSON_H
#define AR_WIRE_POLICY_JSON_H

#include "base/json_write.h"
#include "policy/policy.h"

/* Writes the member NAME: {id, digest} of a file that versions share. */
void file_write(struct json_writer *writer, const char *name, const char *id, const char *digest_hex);

/* Writes the members `calendar` and `overlays`: the files that a version judges with. */
void policy_files_write(struct json_writer *writer, const struct policy *policy);

/* Writes the member `policy`: {id, version, digest, calendar, overlays}. */
void policy_write(struct json_writer *writer, const struct policy *policy);

/* Writes the members `requirements` and `policy` of the links that are open. */
void policy_links_write(struct json_writer *writer, const struct program *program);

#endif
