/* SPDX-License-Identifier: Apache-2.0 */
#include "http/gate.h"

#include <string.h>
#include <strings.h>

/*
 * Fields that decide about framing, identity or effect: a second one would let two readers choose
 * differently.
 */
static const char *const single_fields[] = {
	"Accept", "Authorization", "Content-Encoding", "Content-Length",    "Content-Type",
	"Host",   "If-Match",      "Idempotency-Key",  "Transfer-Encoding", "X-Request-Id",
};
enum { SINGLE_FIELDS = sizeof(single_fields) / sizeof(single_fields[0]) };

static bool is_token_byte(unsigned char byte)
{
	static const char others[] = "!#$%&'*+-.^_`|~";
	return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
	       (byte != '\0' && strchr(others, byte) != NULL);
}

static bool is_token(const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (!is_token_byte((unsigned char)bytes[i])) {
			return false;
		}
	}
	return length > 0;
}

/* The value of the two digits after a percent sign, or -1. */
static int escaped_byte(const char *at)
{
	static const char digits[] = "0123456789abcdef";
	int value = 0;
	for (int i = 1; i <= 2; i++) {
		const char lower = (char)(at[i] | 0x20);
		const char *digit = at[i] != '\0' ? strchr(digits, at[i] >= 'A' ? lower : at[i]) : NULL;
		if (digit == NULL) {
			return -1;
		}
		value = value * 16 + (int)(digit - digits);
	}
	return value;
}

/* A dot, written plainly or as %2e; its length in bytes, or 0. */
static size_t dot_at(const char *at)
{
	if (at[0] == '.') {
		return 1;
	}
	return at[0] == '%' && escaped_byte(at) == '.' ? 3 : 0;
}

/* Whether the path segment that begins at AT is "." or "..", in any spelling. */
static bool is_dot_segment(const char *at)
{
	size_t length = dot_at(at);
	if (length == 0) {
		return false;
	}
	length += dot_at(at + length);
	return at[length] == '\0' || at[length] == '/' || at[length] == '?' || at[length] == ';';
}

static bool target_bytes(const char *target, struct err *err)
{
	bool path = true;
	for (const char *at = target; *at != '\0'; at++) {
		const unsigned char byte = (unsigned char)*at;
		if (byte <= ' ' || byte >= 0x7f || byte == '#') {
			return err_set(err, ERR_BAD_REQUEST, "the address holds a byte that must be percent-encoded");
		}
		if (byte == '?') {
			path = false;
		}
		if (byte == '%') {
			const int escaped = escaped_byte(at);
			if (escaped < 0) {
				return err_set(err, ERR_BAD_REQUEST, "the address holds an incomplete percent-encoding");
			}
			if (escaped < ' ' || escaped == 0x7f) {
				return err_set(err, ERR_BAD_REQUEST, "the address holds an encoded control character");
			}
			if (path && (escaped == '/' || escaped == '\\')) {
				return err_set(err, ERR_BAD_REQUEST, "the path holds an encoded slash or backslash");
			}
		}
		if (path && byte == '\\') {
			return err_set(err, ERR_BAD_REQUEST, "the path holds a backslash");
		}
		if (path && byte == '/' && at[1] == '/') {
			return err_set(err, ERR_BAD_REQUEST, "the path holds an empty segment");
		}
		if (path && byte == '/' && is_dot_segment(at + 1)) {
			return err_set(err, ERR_BAD_REQUEST, "the path holds a dot segment");
		}
	}
	return true;
}

bool gate_target(const char *target, const struct http_limits *limits, struct err *err)
{
	if (strnlen(target, limits->uri_bytes + 1) > limits->uri_bytes) {
		return err_set(err, ERR_URI_TOO_LONG, "the address is longer than %zu bytes", limits->uri_bytes);
	}
	/*
	 * Only the origin form: absolute-form and authority-form are for proxies, which this server is not.
	 */
	if (target[0] != '/') {
		return err_set(err, ERR_BAD_REQUEST, "the request target must be a path that begins with a slash");
	}
	return target_bytes(target, err);
}

static bool check_sizes(const struct head *head, const struct http_limits *limits, struct err *err)
{
	if (head->count > limits->header_count) {
		return err_set(err, ERR_HEADERS, "there are more than %u header fields", limits->header_count);
	}
	size_t total = 0;
	for (size_t i = 0; i < head->count; i++) {
		total += head->fields[i].name_length + head->fields[i].value_length + 4;
	}
	if (total > limits->header_bytes) {
		return err_set(err, ERR_HEADERS, "the header fields are larger than %zu bytes", limits->header_bytes);
	}
	return true;
}

/* Spaces and tabs at the end of a value are not part of it (RFC 9110 5.5); the library leaves them. */
static void trim(struct field *field, struct arena *arena)
{
	size_t length = field->value_length;
	while (length > 0 && (field->value[length - 1] == ' ' || field->value[length - 1] == '\t')) {
		length--;
	}
	if (length < field->value_length) {
		field->value = arena_text(arena, field->value, length);
		field->value_length = length;
	}
}

static bool check_field(struct field *field, struct arena *arena, struct err *err)
{
	if (!is_token(field->name, field->name_length)) {
		return err_set(err, ERR_BAD_REQUEST, "a header field name is not a token");
	}
	for (size_t i = 0; i < field->value_length; i++) {
		const unsigned char byte = (unsigned char)field->value[i];
		if ((byte < ' ' && byte != '\t') || byte == 0x7f) {
			return err_set(err, ERR_BAD_REQUEST, "a header field value holds a control character");
		}
	}
	trim(field, arena);
	return true;
}

static bool check_fields(struct head *head, struct arena *arena, struct err *err)
{
	bool seen[SINGLE_FIELDS] = {false};
	for (size_t i = 0; i < head->count; i++) {
		if (!check_field(&head->fields[i], arena, err)) {
			return false;
		}
		for (size_t j = 0; j < SINGLE_FIELDS; j++) {
			if (strcasecmp(head->fields[i].name, single_fields[j]) == 0) {
				if (seen[j]) {
					return err_set(err, ERR_BAD_REQUEST, "the header field %s is there more than once",
						       single_fields[j]);
				}
				seen[j] = true;
			}
		}
	}
	return true;
}

static bool check_host(const struct head *head, struct err *err)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:[]";
	const char *host = head_field(head, "Host");
	if (host == NULL) {
		return err_set(err, ERR_BAD_REQUEST, "the header field Host is missing");
	}
	if (host[0] == '\0' || host[strspn(host, allowed)] != '\0') {
		return err_set(err, ERR_BAD_REQUEST, "the header field Host is not a host name");
	}
	return true;
}

static bool read_length(const char *text, uint64_t *ret_length, struct err *err)
{
	const size_t digits = strspn(text, "0123456789");
	if (digits == 0 || digits > 18 || text[digits] != '\0') {
		return err_set(err, ERR_BAD_REQUEST, "the header field Content-Length is not a number");
	}
	uint64_t length = 0;
	for (size_t i = 0; i < digits; i++) {
		length = length * 10 + (uint64_t)(text[i] - '0');
	}
	*ret_length = length;
	return true;
}

static bool check_framing(struct head *head, struct err *err)
{
	const char *coding = head_field(head, "Transfer-Encoding");
	const char *length = head_field(head, "Content-Length");
	if (coding != NULL) {
		if (length != NULL) {
			return err_set(err, ERR_BAD_REQUEST, "Transfer-Encoding and Content-Length must not stand together");
		}
		if (strcmp(head->version, "HTTP/1.1") != 0) {
			return err_set(err, ERR_BAD_REQUEST, "HTTP/1.0 has no Transfer-Encoding");
		}
		if (strcasecmp(coding, "chunked") != 0) {
			return err_set(err, ERR_BAD_REQUEST, "the only Transfer-Encoding is chunked");
		}
		head->chunked = true;
	}
	return length == NULL || read_length(length, &head->content_length, err);
}

/* A body has no meaning there (RFC 9110 9.3.1), and ignoring it is how requests get smuggled. */
static bool check_body_allowed(const struct head *head, struct err *err)
{
	const bool bodiless = strcmp(head->method, "GET") == 0 || strcmp(head->method, "HEAD") == 0 ||
			      strcmp(head->method, "OPTIONS") == 0 || strcmp(head->method, "TRACE") == 0;
	if (bodiless && (head->chunked || head->content_length > 0)) {
		return err_set(err, ERR_BAD_REQUEST, "a %s request must not have a body", head->method);
	}
	return true;
}

bool gate_head(struct head *head, const struct http_limits *limits, struct arena *arena, struct err *err)
{
	if (!is_token(head->method, strnlen(head->method, 33)) || strnlen(head->method, 33) > 32) {
		return err_set(err, ERR_BAD_REQUEST, "the method is not a token");
	}
	if (strcmp(head->version, "HTTP/1.1") != 0 && strcmp(head->version, "HTTP/1.0") != 0) {
		return err_set(err, ERR_BAD_REQUEST, "the protocol version is neither HTTP/1.0 nor HTTP/1.1");
	}
	if (!check_sizes(head, limits, err) || !check_fields(head, arena, err) || !check_host(head, err) ||
	    !check_framing(head, err) || !check_body_allowed(head, err)) {
		return false;
	}
	if (head_field(head, "Content-Encoding") != NULL) {
		return err_set(err, ERR_MEDIA_TYPE, "compressed bodies are not accepted: send it without Content-Encoding");
	}
	const char *expect = head_field(head, "Expect");
	head->expects_continue = expect != NULL && strcasecmp(expect, "100-continue") == 0;
	return true;
}

const char *head_field(const struct head *head, const char *name)
{
	for (size_t i = 0; i < head->count; i++) {
		if (strcasecmp(head->fields[i].name, name) == 0) {
			return head->fields[i].value;
		}
	}
	return NULL;
}
