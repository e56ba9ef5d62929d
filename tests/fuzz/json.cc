// Bodies of API calls. What is understood is an object that can be written and read again.

#include <algorithm>
#include <boost/json.hpp>

#include "fuzz.h"
#include "http/json_body.h"

namespace {

// The library keeps fractions and what is beyond 64 bits in a double, may round it once more, and
// makes a very large one infinite; no call takes any of them.
bool HasFraction(const boost::json::value& value) {
    if (const auto* list = value.if_array()) return std::ranges::any_of(*list, HasFraction);
    if (const auto* object = value.if_object())
        return std::ranges::any_of(*object,
                                   [](const auto& field) { return HasFraction(field.value()); });
    return value.is_double();
}

}  // namespace

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
    fuzz::Claim(HasFraction(read.value()) || (again.ok() && again.value() == read.value()),
                "what was read can be written, and means the same");
    return 0;
}
