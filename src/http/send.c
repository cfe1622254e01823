/* SPDX-License-Identifier: Apache-2.0 */
#include "http/send.h"

#include "base/log.h"

#include <microhttpd.h>

static bool add_headers(struct MHD_Response *response, const struct exchange *exchange)
{
	bool added = MHD_add_response_header(response, "X-Request-Id", exchange->request_id) == MHD_YES &&
		     MHD_add_response_header(response, "Cache-Control", "no-store") == MHD_YES &&
		     MHD_add_response_header(response, "X-Content-Type-Options", "nosniff") == MHD_YES;
	if (exchange->content_type != NULL) {
		added = added && MHD_add_response_header(response, "Content-Type", exchange->content_type) == MHD_YES;
	}
	if (exchange->closing) {
		added = added && MHD_add_response_header(response, "Connection", "close") == MHD_YES;
	}
	for (size_t i = 0; i < exchange->header_count; i++) {
		const struct reply_header *header = &exchange->headers[i];
		added = added && MHD_add_response_header(response, header->name, header->value) == MHD_YES;
	}
	return added;
}

bool send_answer(struct exchange *exchange)
{
	const struct http_server *server = exchange->server;
	if (exchange->peer->requests >= server->limits.keepalive_requests ||
	    atomic_load_explicit(&server->stopping, memory_order_relaxed)) {
		exchange->closing = true;
	}
	/* The library only reads it, and no longer once the exchange is completed. */
	void *body = (void *)(uintptr_t)(exchange->reply != NULL ? exchange->reply : "");
	struct MHD_Response *response = MHD_create_response_from_buffer(exchange->reply_length, body, MHD_RESPMEM_PERSISTENT);
	if (response == NULL) {
		return false;
	}
	if (!add_headers(response, exchange)) {
		LOG(LOG_ERROR, "reply_header_refused", LOG_TEXT("request_id", exchange->request_id));
	}
	peer_enter(exchange->peer, PEER_ANSWERING, monotonic_us() + (int64_t)server->limits.request_deadline * 1000000);
	const bool queued = MHD_queue_response(exchange->connection, (unsigned)exchange->status, response) == MHD_YES;
	MHD_destroy_response(response);
	exchange->stage = STAGE_ANSWERED;
	return queued;
}
