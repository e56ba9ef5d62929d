// Bodies of API calls. What is understood is an object that can be written and read again.

#include <boost/json.hpp>

#include "fuzz.h"
#include "http/json_body.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ostiary;
    Request request;
    request.headers.emplace_back("content-type", "application/json");
    request.body = fuzz::Bytes(data, size);
    const auto read = ReadJsonBody(request);
    if (!read.ok()) {
        fuzz::Claim(read.error().kind == ErrorKind::kInvalid, "a bad body is the sender's mistake");
        return 0;
    }
    for (const auto& [name, value] : read.value()) WholeNumber(value);
    request.body = boost::json::serialize(read.value());
    const auto again = ReadJsonBody(request);
    fuzz::Claim(again.ok() && again.value() == read.value(), "what was read can be written");
    return 0;
}
