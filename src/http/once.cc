#include "http/once.h"

#include <boost/json.hpp>

#include "core/receipts.h"
#include "http/client_address.h"
#include "util/text.h"

namespace ostiary {
namespace {

namespace json = boost::json;

constexpr std::size_t kLongestKey = 200;
constexpr std::string_view kHeader = "idempotency-key";
constexpr int kTries = 3, kComeBackAfter_s = 1;

Result<void> CheckKey(std::string_view key) {
    const bool clean = IsCleanText(key, Lines::kOne) && !Trim(key).empty();
    if (clean && CountCharacters(key) <= kLongestKey) return {};
    return Error{ErrorKind::kInvalid, "idempotency_key.invalid", "Invalid request",
                 "An Idempotency-Key has 1 to 200 characters"};
}

// A stranger has no account by which to tell one key from another's that reads the same.
std::string AskerOf(const Request& request) {
    return request.actor ? "account " + request.actor->account_id
                         : "address " + NeighbourhoodOf(request.client_address);
}

KeyedRequest KeyOf(const Route& route, const Request& request, const World& world) {
    const std::string asked =
        std::string(NameOf(request.method)) + " " + request.path + "?" + request.query + "\n" +
        std::string(request.HeaderValue("content-type")) + "\n" + request.body;
    return MakeKeyedRequest(world, AskerOf(request), route.name, request.HeaderValue(kHeader),
                            asked);
}

// An answer that comes later has come when its work was done within our transaction.
Result<Response> Run(const Route& route, const Request& request, World& world) {
    Response response = TRY(route.handler(request, world));
    if (!response.later) return response;
    response.later->Start([] {});
    return response.later->Finish();
}

bool IsWorthKeeping(const Result<Response>& answer) {
    return answer.ok() && answer->status < 300 && !answer->stream;
}

std::string Pack(const Response& response) {
    json::array headers;
    for (const auto& [name, value] : response.headers)
        headers.push_back(json::array{json::string(name), json::string(value)});
    return json::serialize(json::object{{"status", response.status},
                                        {"type", response.content_type},
                                        {"headers", std::move(headers)},
                                        {"body", response.body}});
}

Response Unpack(const std::string& packed) {
    const json::value value = json::parse(packed);
    const auto text = [](const json::value& one) { return std::string(one.as_string()); };
    Response response;
    response.status = static_cast<int>(value.at("status").as_int64());
    response.content_type = text(value.at("type"));
    response.body = text(value.at("body"));
    for (const json::value& header : value.at("headers").as_array())
        response.With(text(header.at(0)), text(header.at(1)));
    response.With("idempotency-replayed", "true");
    response.guess = Guess::kHit;
    return response;
}

// What to say instead of running the handler.
Result<Response> Answer(const Attempt& attempt) {
    if (attempt.kind == Attempt::Kind::kAnswered) return Unpack(attempt.answer);
    if (attempt.kind == Attempt::Kind::kReused)
        return Error{ErrorKind::kReused, "idempotency_key.reused", "Idempotency key reused",
                     "This Idempotency-Key came with another request before; use a new one"};
    return Error{ErrorKind::kConflict,
                 "idempotency_key.under_way",
                 "Conflict",
                 "The first request with this Idempotency-Key is still being answered",
                 {},
                 kComeBackAfter_s};
}

Result<Response> AnswerTogether(const Route& route, const Request& request, World& world) {
    const KeyedRequest key = KeyOf(route, request, world);
    for (int attempts = 0; attempts < kTries; ++attempts) {
        std::optional<Result<Response>> answer;
        const Attempt attempt = DoOnce(world, key, [&](World& inner) -> std::optional<std::string> {
            answer = Run(route, request, inner);
            if (!IsWorthKeeping(*answer)) return std::nullopt;
            return Pack(answer->value());
        });
        if (attempt.kind != Attempt::Kind::kFirst) return Answer(attempt);
        if (attempt.is_kept || !IsWorthKeeping(*answer)) return *std::move(answer);
    }
    return Error{ErrorKind::kUnavailable,
                 "idempotency_key.unlucky",
                 "Service unavailable",
                 "Please send the request again",
                 {},
                 kComeBackAfter_s};
}

// Whoever asks while the first is under way goes the same way and comes to the same answer.
Result<Response> AnswerKnown(const Route& route, const Request& request, World& world) {
    const KeyedRequest key = KeyOf(route, request, world);
    const Attempt attempt = ClaimOnce(world, key);
    const bool is_first = attempt.kind == Attempt::Kind::kFirst;
    if (!is_first && attempt.kind != Attempt::Kind::kUnderWay) return Answer(attempt);
    auto answer = Run(route, request, world);
    if (IsWorthKeeping(answer))
        SettleClaim(world, key, Pack(answer.value()));
    else if (is_first)
        SettleClaim(world, key, std::nullopt);
    return answer;
}

}  // namespace

bool IsKeyed(const Route& route, const Request& request) {
    if (route.repeat == Repeat::kRuns) return false;
    for (const auto& [name, value] : request.headers)
        if (name == kHeader) return true;
    return false;
}

Result<Response> AnswerOnce(const Route& route, const Request& request, World& world) {
    if (!IsKeyed(route, request)) return route.handler(request, world);
    TRY(CheckKey(request.HeaderValue(kHeader)));
    return route.repeat == Repeat::kTogether ? AnswerTogether(route, request, world)
                                             : AnswerKnown(route, request, world);
}

}  // namespace ostiary
