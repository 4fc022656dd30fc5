// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors

#include "Require.h"
#include "semantics/ImageReference.h"

#include <cstddef>
#include <cstdint>

using namespace stagewright;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto one = ImageReference::parse(std::string_view(reinterpret_cast<const char *>(data), size));
    if (!one) {
        require(!one.error().empty(), "an error has words");
        return 0;
    }
    const auto two = ImageReference::parse(one->normalized());
    require(two.has_value(), "the normalized name parses");
    require(two->normalized() == one->normalized(), "normalizing is stable");
    return 0;
}
