/* SPDX-License-Identifier: Apache-2.0 */
/* One failed operation, said once: a code and a sentence that names the thing and says why. */
#ifndef AR_BASE_ERR_H
#define AR_BASE_ERR_H

#include <stdbool.h>

#define AR_MUST_CHECK __attribute__((warn_unused_result))

/* code, HTTP status, problem type (the last part of its URI), title, what to do. */
#define ERR_CODES(X) \
	X(ERR_NONE, 200, "none", "No error", "") \
	X(ERR_UNREADABLE, 400, "unreadable-body", "The body could not be read", \
	  "The body is not strict JSON. The detail says line and column. Send UTF-8 JSON without duplicate members.") \
	X(ERR_BAD_REQUEST, 400, "bad-request", "The request could not be read", \
	  "The request line or a header field breaks a rule of HTTP that we hold to. Use an ordinary HTTP/1.1 client.") \
	X(ERR_IDEMPOTENCY_KEY, 400, "idempotency-key-required", "An Idempotency-Key is needed", \
	  "Send an Idempotency-Key header of 1 to 255 visible characters. Use a new key for each new thing, the same key to " \
	  "retry.") \
	X(ERR_BAD_PARAMETER, 400, "bad-parameter", "A query parameter is not usable", \
	  "Every unusable query parameter is listed in errors. Unknown parameters are refused, so that a typo never widens a " \
	  "list.") \
	X(ERR_UNAUTHENTICATED, 401, "unauthenticated", "A valid bearer token is needed", \
	  "Send Authorization: Bearer with a token of this service. Tokens are never read from the address.") \
	X(ERR_FORBIDDEN, 403, "forbidden", "This role may not do that", \
	  "The token is good, but its role or payer may not do this. Ask whoever issued it.") \
	X(ERR_NOT_FOUND, 404, "not-found", "There is nothing here for you", \
	  "The address names nothing, or something that is not yours. The two look the same on purpose.") \
	X(ERR_METHOD, 405, "method-not-allowed", "This method is not allowed here", \
	  "The Allow header lists the methods of this address.") \
	X(ERR_NOT_ACCEPTABLE, 406, "not-acceptable", "No representation that you accept exists", \
	  "Accept application/json, or what the address offers besides.") \
	X(ERR_TIMEOUT, 408, "request-timeout", "The request did not arrive in time", \
	  "Send the whole request without long pauses.") \
	X(ERR_TRANSITION, 409, "illegal-transition", "The request is not in a state that allows this", \
	  "Read the request again: its status says what can be done and whose turn it is.") \
	X(ERR_STALE, 412, "stale", "The resource has changed since you read it", \
	  "Somebody changed the resource after you read it. Read it again, look at the change, and send its new ETag.") \
	X(ERR_TOO_LARGE, 413, "body-too-large", "The body is too large", \
	  "Send documents by reference (source), not by content.") \
	X(ERR_URI_TOO_LONG, 414, "uri-too-long", "The address is too long", "Use a shorter address; search by POST.") \
	X(ERR_MEDIA_TYPE, 415, "unsupported-media-type", "The body must be application/json", \
	  "Send Content-Type: application/json in UTF-8, not compressed.") \
	X(ERR_INVALID, 422, "invalid-body", "The body was read, but parts of it cannot be used", \
	  "Everything wrong with the body is listed in errors, each with a pointer and a fix. Nothing was recorded.") \
	X(ERR_KEY_REUSED, 422, "idempotency-key-reused", "This Idempotency-Key belongs to another body", \
	  "The key was used with another body or another address. Use a new key.") \
	X(ERR_PRECONDITION, 428, "precondition-required", "An If-Match header is needed", \
	  "Send If-Match with the ETag that you read, so that nobody overwrites what they have not seen.") \
	X(ERR_TOO_MANY, 429, "too-many-requests", "Too many requests", "Wait as long as Retry-After says.") \
	X(ERR_HEADERS, 431, "headers-too-large", "The header fields are too large", "Send fewer or shorter header fields.") \
	X(ERR_INTERNAL, 500, "internal", "Something is wrong on our side", \
	  "This is a fault of ours. The request_id finds it in the log.") \
	X(ERR_BUSY, 503, "busy", "The service is busy; retry with the same key", \
	  "Nothing was recorded. Retry after Retry-After with the same Idempotency-Key.") \
	X(ERR_OUTCOME_UNKNOWN, 503, "outcome-unknown", "The outcome is not known; retry with the same key", \
	  "It may or may not have been recorded. Retry with the same Idempotency-Key: you get the one answer.") \
	X(ERR_STORAGE_FULL, 503, "storage-full", "The storage is full; nothing was recorded", \
	  "Nothing was recorded. Reading still works. Retry later with the same key.") \
	X(ERR_POLICY_NOT_LOADED, 503, "policy-not-loaded", "The policy version of this request is not loaded", \
	  "Whoever runs the service must load the version that the detail names again, beside the newer ones. Nothing was " \
	  "recorded. Reading still works. Retry later with the same key.") \
	X(ERR_STORE, 503, "store", "The record store cannot be used", \
	  "The record store could not be used. Retry with the same key.") \
	X(ERR_CONFIG, 500, "config", "The configuration cannot be used", "The service is not set up rightly.")

enum err_code {
#define X(code, status, type, title, help) code,
	ERR_CODES(X)
#undef X
		ERR_CODE_COUNT
};

struct err {
	enum err_code code;
	char detail[240];
};

/* Records a failure in *err, replacing what was there; always returns false, so that `return err_set(...)` reads well. */
bool err_set(struct err *err, enum err_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Prefixes the detail of an error with what was being done: "outer: inner". Always returns false. */
bool err_wrap(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

int err_http_status(enum err_code code);
const char *err_type(enum err_code code); /* "not-found" */
const char *err_title(enum err_code code); /* "There is nothing here for you" */
const char *err_help(enum err_code code); /* what the caller should do, for the problem's page */

#endif
