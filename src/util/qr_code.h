#pragma once

// A text as a QR code.

#include <string>
#include <string_view>

namespace ostiary {

// Dark fields as the path of a drawing that is `size` fields wide and high, without its quiet rim.
struct QrCode {
    int size = 0;
    std::string path;
};

QrCode DrawQrCode(std::string_view text);

}  // namespace ostiary
