// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/ChoiceChips.h"

#include "theme/Style.h"
#include "theme/Theme.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPainter>

namespace stagewright {

class ChoiceChips::Chip : public QAbstractButton
{
public:
    Chip(const Theme &theme, QWidget *parent)
        : QAbstractButton(parent)
        , m_theme(theme)
    {
        setCheckable(true);
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        connect(&theme, &Theme::changed, this, &QWidget::updateGeometry);
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        return {QFontMetrics(m_theme.uiFont(12)).horizontalAdvance(text()) + 22, 24};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &t = m_theme.tokens();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF box = QRectF(rect()).adjusted(1, 1.5, -1, -1.5);
        const QColor ground = isChecked() ? t.accentTint : underMouse() ? t.hover : QColor(Qt::transparent);
        painter.setPen(QPen(isChecked() ? QColor(Qt::transparent) : t.border2, 1));
        painter.setBrush(ground);
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2);
        if (hasFocus())
            strokeFocus(&painter, box, box.height() / 2, t.accent);
        painter.setFont(m_theme.uiFont(12));
        painter.setPen(isChecked() ? t.accent : t.text2);
        painter.drawText(box, Qt::AlignCenter, text());
    }

private:
    const Theme &m_theme;
};

ChoiceChips::ChoiceChips(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_group(new QButtonGroup(this))
    , m_row(new QHBoxLayout(this))
{
    m_row->setContentsMargins(8, 3, 8, 3);
    m_row->setSpacing(4);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (on)
            Q_EMIT currentChanged(id);
    });
}

int ChoiceChips::add(const QString &text, const QString &tip)
{
    auto *chip = new Chip(m_theme, this);
    chip->setText(text);
    chip->setToolTip(tip);
    const int id = static_cast<int>(m_group->buttons().size());
    chip->setChecked(id == 0);
    m_group->addButton(chip, id);
    m_row->addWidget(chip);
    return id;
}

void ChoiceChips::setText(int choice, const QString &text)
{
    QAbstractButton *chip = m_group->button(choice);
    if (chip && chip->text() != text) {
        chip->setText(text);
        chip->updateGeometry();
    }
}

int ChoiceChips::current() const
{
    return m_group->checkedId();
}

void ChoiceChips::setCurrent(int choice)
{
    if (QAbstractButton *chip = m_group->button(choice))
        chip->setChecked(true);
}

} // namespace stagewright
