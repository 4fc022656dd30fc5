// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "lint/Diagnostic.h"

#include <QAbstractButton>

namespace stagewright {

class Theme;

/// A pill that shows how many findings of a severity there are, and hides them.
class FilterChip : public QAbstractButton
{
    Q_OBJECT
public:
    FilterChip(const Theme &theme, Severity severity, QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Severity m_severity;
};

} // namespace stagewright
