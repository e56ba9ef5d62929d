#include "store/postgres_wire.h"

#include <endian.h>

namespace ostiary {
namespace {

constexpr std::uint32_t kInt8Oid = 20, kTextOid = 25;

void Append32(std::string& out, std::uint32_t number) {
    const std::uint32_t wire = htobe32(number);
    out.append(reinterpret_cast<const char*>(&wire), sizeof wire);
}

void Append64(std::string& out, std::int64_t number) {
    const std::uint64_t wire = htobe64(static_cast<std::uint64_t>(number));
    out.append(reinterpret_cast<const char*>(&wire), sizeof wire);
}

// One dimension, no nulls, counted from 1.
void AppendArrayHead(std::string& out, std::uint32_t element, std::size_t count) {
    Append32(out, count == 0 ? 0 : 1);
    Append32(out, 0);
    Append32(out, element);
    if (count == 0) return;
    Append32(out, static_cast<std::uint32_t>(count));
    Append32(out, 1);
}

}  // namespace

WireValues::WireValues(std::span<const Value> values) : count_(values.size()) {
    if (count_ > kMost) throw StoreFailure("too many parameters");
    formats_.fill(kBinary);
    for (std::size_t i = 0; i < count_; ++i) Encode(values[i], i);
}

void WireValues::Encode(const Value& value, std::size_t place) {
    std::string& array = arrays_[place];
    switch (value.kind()) {
        case Value::Kind::kNull: return;
        case Value::Kind::kInt: {
            std::uint64_t& number = numbers_[place];
            number = htobe64(static_cast<std::uint64_t>(value.number()));
            return Point(place, {reinterpret_cast<const char*>(&number), sizeof number});
        }
        case Value::Kind::kText: return Point(place, value.text());
        case Value::Kind::kInts:
            AppendArrayHead(array, kInt8Oid, value.ints().size());
            for (const std::int64_t number : value.ints()) {
                Append32(array, sizeof number);
                Append64(array, number);
            }
            return Point(place, array);
        case Value::Kind::kTexts:
            AppendArrayHead(array, kTextOid, value.texts().size());
            for (const std::string_view text : value.texts()) {
                Append32(array, static_cast<std::uint32_t>(text.size()));
                array += text;
            }
            return Point(place, array);
    }
}

// A null pointer would mean NULL where an empty text is meant.
void WireValues::Point(std::size_t place, std::string_view bytes) {
    pointers_[place] = bytes.data() ? bytes.data() : "";
    lengths_[place] = static_cast<int>(bytes.size());
}

}  // namespace ostiary
