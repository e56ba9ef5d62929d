#pragma once

// Sentences kept as JSON, so that they can be said in another language later.

#include <string>
#include <string_view>

#include "util/sentence.h"

namespace ostiary {

std::string PackSentence(const Sentence&);  // of none: empty
Sentence UnpackSentence(std::string_view packed);

}  // namespace ostiary
