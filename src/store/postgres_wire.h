#pragma once

// Parameters as PostgreSQL's wire wants them: everything binary, so that texts need neither a copy
// nor an end, and a NUL byte is refused by the server instead of cutting a text short.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "store/connection.h"

namespace ostiary {

// Refers to the values it was made of.
class WireValues {
public:
    static constexpr int kBinary = 1;

    explicit WireValues(std::span<const Value>);
    WireValues(const WireValues&) = delete;

    int count() const { return static_cast<int>(count_); }
    const char* const* values() const { return pointers_.data(); }
    const int* lengths() const { return lengths_.data(); }
    const int* formats() const { return formats_.data(); }

private:
    static constexpr std::size_t kMost = 32;

    void Encode(const Value&, std::size_t place);
    void Point(std::size_t place, std::string_view bytes);

    const std::size_t count_;
    std::array<const char*, kMost> pointers_{};
    std::array<int, kMost> lengths_{}, formats_;
    std::array<std::uint64_t, kMost> numbers_{};
    std::array<std::string, kMost> arrays_;
};

}  // namespace ostiary
