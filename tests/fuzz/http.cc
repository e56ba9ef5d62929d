// A request's bytes, through the scanner and the parser, as a connection does it. However they are
// cut into pieces, they mean the same.

#define BOOST_DISABLE_ASSERTS  // as server.cc, and for its reason
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include "fuzz.h"
#include "http/head_scanner.h"
#include "http/server_parser.h"

namespace ostiary::fuzz {
namespace {

constexpr std::uint64_t kMostBody = 4096;
constexpr std::size_t kMostHead = 16 << 10;

struct Reading {
    Request request;
    bool is_done = false, is_refused = false;

    bool operator==(const Reading& other) const {
        return is_done == other.is_done && is_refused == other.is_refused &&
               (!is_done ||
                (request.method == other.request.method && request.path == other.request.path &&
                 request.query == other.request.query && request.headers == other.request.headers &&
                 request.body == other.request.body));
    }
};

// The first request of these bytes, of which `step` arrive at a time.
Reading Read(std::string_view bytes, std::size_t step) {
    Reading reading;
    HeadScanner scanner;
    std::optional<wire::RequestParser> parser;
    std::size_t used = 0;
    for (std::size_t arrived = 0; arrived < bytes.size() && !reading.is_done;) {
        arrived = std::min(arrived + step, bytes.size());
        const std::string_view seen = bytes.substr(used, arrived - used);
        if (!parser) {
            const auto verdict = scanner.Scan(seen);
            reading.is_refused = verdict == HeadScanner::Verdict::kBadCharacter ||
                                 verdict == HeadScanner::Verdict::kFolded;
            if (reading.is_refused) return reading;
            if (verdict == HeadScanner::Verdict::kNeedMore) continue;
            Claim(scanner.length() <= seen.size(), "a head ends within what has arrived");
            parser.emplace(reading.request, [](const Request&) { return kMostBody; });
        }
        boost::system::error_code code;
        used += parser->put(boost::asio::buffer(seen.data(), seen.size()), code);
        if (code == boost::beast::http::error::need_more) code = {};
        reading.is_refused = static_cast<bool>(code);
        if (code) {
            const Refusal refusal = parser->refusal().value_or(wire::RefusalOf(code, seen));
            Claim(refusal.status >= 400 && refusal.status < 600, "a refusal has its status");
            return reading;
        }
        reading.is_done = parser->is_done();
    }
    return reading;
}

void Judge(const Request& request) {
    Claim(request.path == "*" || request.path.starts_with('/'), "a path begins with a slash");
    Claim(request.body.size() <= kMostBody, "a body keeps to its limit");
    Claim(request.headers.size() <= wire::RequestParser::kMostHeaders, "headers are counted");
    const auto is_control = [](char c) { return c == '\0' || c == '\r' || c == '\n'; };
    for (const auto& [name, value] : request.headers) {
        Claim(!name.empty() && std::ranges::none_of(name, is_control), "a name is clean");
        Claim(std::ranges::none_of(value, is_control), "a value is clean");
    }
}

}  // namespace
}  // namespace ostiary::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ostiary::fuzz;
    if (size == 0 || size > kMostHead) return 0;
    const std::string_view bytes = Bytes(data + 1, size - 1);
    const Reading whole = Read(bytes, bytes.size());
    if (whole.is_done) Judge(whole.request);
    const Reading pieces = Read(bytes, data[0] % 16 + 1u);
    Claim(!whole.is_done || whole == pieces, "pieces mean the same as the whole");
    return 0;
}
