#pragma once

// Every page in every state worth looking at, with made-up facts. The tests render them all;
// nothing in the program asks for them.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "pages/scene.h"
#include "pages/view.h"

namespace ostiary::pages {

enum class Place : std::uint8_t { kAnywhere, kInPortals };

struct Sample {
    std::string name;  // "codes/list, many"
    Place place;
    std::function<View(const Scene&)> view;
};

// `words` stands wherever a person could have typed: labels, names, notes, addresses, user agents.
std::vector<Sample> Samples(std::string_view words, Millis now);
// Among them:
std::vector<Sample> TemplateSamples(std::string_view words, Millis now);
std::vector<Sample> RecallSamples(std::string_view words, Millis now);
std::vector<Sample> PullSamples(std::string_view words, Millis now);

// What people have tried: markup, quotes, marks that turn the reading direction, emoji, 200 wide
// characters.
std::string HostileWords();

}  // namespace ostiary::pages
