// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/BuildProgress.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace stagewright::engine {

/// What podman, buildah and Docker's classic builder write: one line a step ("[2/4] STEP 3/6: RUN …", "STEP 3/6: …",
/// "Step 3/8 : RUN …"), its output behind it, and a line with the image that it made ("--> id", " ---> id"). Steps run
/// one after the other, and the text has no times: they are taken from @p now as the lines arrive.
class StepTextReader : public ProgressReader
{
public:
    using Clock = std::function<Time()>;
    explicit StepTextReader(
        BuildProgress &progress, Clock now = [] {
            return std::chrono::time_point_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now());
        });

    void readOutput(std::string_view bytes) override;
    void readErrors(std::string_view bytes) override;
    void finish(bool succeeded) override;

    /// No line that means something is as long as this; a longer one is read in pieces, as output.
    static constexpr std::size_t LongestLine = 64 * 1024; ///< Bytes.

    /// The image that the build made, as far as the text tells; "" for none.
    [[nodiscard]] const std::string &image() const { return m_image; }

private:
    /// A step that has begun and not ended. podman prepares a stage while another one still runs.
    struct Running
    {
        std::string id;    ///< Of the step.
        std::string stage; ///< "2/3"; "" where the engine does not tell.
        bool isFrom = false;
        bool cached = false;
    };

    void readLine(std::string_view line);
    void readText(std::string_view text);
    bool startStep(std::string_view line);
    void end(const Running &running, StepState state);
    /// Ends the steps of one stage; tells how many there were, without FROM.
    std::size_t endStage(std::string_view stage);
    /// A step has ended, the engine does not say which.
    void endOne();
    void fail();
    /// What the engine's lines are about that name no step: it prepares a FROM beside a step that works, and only that
    /// one writes anything. nullptr: no step runs.
    [[nodiscard]] Running *current();
    [[nodiscard]] BuildStep *currentStep();

    Clock m_now;
    std::string m_output;           ///< Of the line that has not ended yet.
    bool m_inLine = false;          ///< Its beginning was read as output already.
    std::vector<Running> m_running; ///< In the order in which they began.
    std::size_t m_ended = 0;        ///< How many of them have, by endOne().
    std::string m_image;
};

} // namespace stagewright::engine
