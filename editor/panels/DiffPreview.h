// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "panels/LineDiff.h"

#include <QWidget>

#include <vector>

namespace stagewright {

class Theme;

/// The lines that an edit takes away and puts in; as high as it needs.
class DiffPreview : public QWidget
{
    Q_OBJECT
public:
    explicit DiffPreview(const Theme &theme, QWidget *parent = nullptr);
    void setLines(std::vector<DiffLine> lines);
    [[nodiscard]] const std::vector<DiffLine> &lines() const { return m_lines; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    std::vector<DiffLine> m_lines;
};

} // namespace stagewright
