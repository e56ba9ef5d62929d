#include "util/qr_code.h"

#include <qrcodegen/qrcodegen.hpp>

namespace ostiary {

QrCode DrawQrCode(std::string_view text) {
    const auto qr =
        qrcodegen::QrCode::encodeText(std::string(text).c_str(), qrcodegen::QrCode::Ecc::MEDIUM);
    QrCode drawn{qr.getSize(), {}};
    for (int y = 0; y < qr.getSize(); ++y)
        for (int x = 0; x < qr.getSize(); ++x) {
            int run = 0;
            while (x + run < qr.getSize() && qr.getModule(x + run, y)) ++run;
            if (run == 0) continue;
            const std::string width = std::to_string(run);
            drawn.path += "M" + std::to_string(x) + " " + std::to_string(y) + "h" + width + "v1h-" +
                          width + "z";
            x += run - 1;
        }
    return drawn;
}

}  // namespace ostiary
