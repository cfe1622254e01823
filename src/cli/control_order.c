/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/control_order.h"

#include "base/json_write.h"
#include "base/label.h"

#include <string.h>

static const char create[] = "create";
static const char revoke[] = "revoke";

static void write_record(struct json_writer *writer, const struct principal_change *change)
{
	const struct principal *principal = &change->record.principal;
	char hex[DIGEST_HEX_SIZE];

	json_member_text(writer, "role", role_name(principal->role));
	json_member_text(writer, "organization", principal->organization);
	json_put_name(writer, "payers");
	json_open_array(writer);
	for (size_t i = 0; i < principal->payer_count; i++) {
		json_put_text(writer, principal->payers[i]);
	}
	json_close_array(writer);
	json_member_text(writer, "credential", principal->credential);
	json_member_integer(writer, "entitled", principal->entitled);
	json_member_integer(writer, "created_at", change->record.created_at.us);
	json_member_integer(writer, "expires_at", change->record.expires_at.us);
	json_member_text(writer, "token_digest", digest_hex(&change->token, hex));
}

void control_order_write(struct text *out, const struct principal_change *change)
{
	struct json_writer writer;

	json_writer_init(&writer, out);
	json_open_object(&writer);
	json_member_text(&writer, "order", change->revokes ? revoke : create);
	json_member_text(&writer, "id", change->record.principal.id);
	if (change->revokes) {
		json_member_integer(&writer, "revoked_at", change->record.revoked_at.us);
	} else {
		write_record(&writer, change);
	}
	json_close_object(&writer);
}

static bool read_digest(const char *hex, struct digest *ret_digest)
{
	static const char digits[] = "0123456789abcdef";

	if (hex == NULL || strlen(hex) != DIGEST_HEX_SIZE - 1 || strspn(hex, digits) != DIGEST_HEX_SIZE - 1) {
		return false;
	}
	for (size_t i = 0; i < DIGEST_SIZE; i++) {
		const long high = strchr(digits, hex[2 * i]) - digits;
		const long low = strchr(digits, hex[2 * i + 1]) - digits;
		ret_digest->bytes[i] = (unsigned char)(high * 16 + low);
	}
	return true;
}

static bool read_payers(const struct json *list, struct principal *principal)
{
	for (const struct json *node = json_first(list); node != NULL; node = json_next(node)) {
		if (principal->payer_count == PRINCIPAL_PAYERS_MAX || json_text(node) == NULL) {
			return false;
		}
		principal->payers[principal->payer_count++] = json_text(node);
	}
	return true;
}

static bool read_instant(const struct json *node, struct instant *ret_instant)
{
	return node != NULL && json_kind(node) == JSON_NUMBER && json_integer(node, &ret_instant->us) && ret_instant->us >= 0;
}

/* An older program says nothing of it: then nobody is entitled. */
static bool read_entitled(const struct json *node, unsigned *ret_entitled)
{
	int64_t entitled = 0;

	if (node != NULL && (json_kind(node) != JSON_NUMBER || !json_integer(node, &entitled))) {
		return false;
	}
	*ret_entitled = (unsigned)entitled;
	return entitled >= 0 && entitled <= LABELS_ANY;
}

static bool read_record(const struct json *root, struct principal_change *change)
{
	struct principal *principal = &change->record.principal;
	const char *role = json_text(json_member(root, "role"));

	principal->organization = json_text(json_member(root, "organization"));
	principal->credential = json_text(json_member(root, "credential"));
	return role != NULL && role_from_name(role, &principal->role) && read_payers(json_member(root, "payers"), principal) &&
	       read_entitled(json_member(root, "entitled"), &principal->entitled) &&
	       read_instant(json_member(root, "created_at"), &change->record.created_at) &&
	       read_instant(json_member(root, "expires_at"), &change->record.expires_at) &&
	       read_digest(json_text(json_member(root, "token_digest")), &change->token);
}

bool control_order_read(struct arena *arena, const char *bytes, size_t length, struct principal_change *ret_change,
			struct err *err)
{
	struct principal_change change = {.revokes = false};
	const struct json *root = json_parse(arena, bytes, length, &json_limits_body, err);

	if (root == NULL) {
		return false;
	}
	const char *order = json_text(json_member(root, "order"));
	change.record.principal.id = json_text(json_member(root, "id"));
	bool good = order != NULL && change.record.principal.id != NULL;
	if (good && strcmp(order, revoke) == 0) {
		change.revokes = true;
		good = read_instant(json_member(root, "revoked_at"), &change.record.revoked_at);
	} else {
		good = good && strcmp(order, create) == 0 && read_record(root, &change);
	}
	if (!good) {
		return err_set(err, ERR_BAD_REQUEST, "the daemon does not understand this order: is it of another version?");
	}
	const char *why = change.revokes ? NULL : principal_unfit(&change.record.principal);
	if (why != NULL) {
		return err_set(err, ERR_INVALID, "%s", why);
	}
	*ret_change = change;
	return true;
}

void control_answer_write(struct text *out, const struct err *outcome)
{
	struct json_writer writer;

	json_writer_init(&writer, out);
	json_open_object(&writer);
	json_member_boolean(&writer, "done", outcome == NULL);
	if (outcome != NULL) {
		json_member_text(&writer, "detail", outcome->detail);
	}
	json_close_object(&writer);
}

bool control_answer_read(struct arena *arena, const char *bytes, size_t length, struct err *err)
{
	const struct json *root = json_parse(arena, bytes, length, &json_limits_body, err);

	if (root == NULL) {
		return false;
	}
	const struct json *done = json_member(root, "done");
	const char *detail = json_text(json_member(root, "detail"));
	if (done != NULL && json_kind(done) == JSON_BOOLEAN && json_boolean(done)) {
		return true;
	}
	return err_set(err, ERR_INVALID, "%s", detail != NULL ? detail : "the daemon's answer cannot be read");
}
