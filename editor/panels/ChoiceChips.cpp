// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "panels/ChoiceChips.h"

#include "panels/PillButton.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QHBoxLayout>

namespace stagewright {

ChoiceChips::ChoiceChips(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_group(new QButtonGroup(this))
    , m_row(new QHBoxLayout(this))
{
    m_row->setContentsMargins(8, 4, 8, 4);
    m_row->setSpacing(6);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (on)
            Q_EMIT currentChanged(id);
    });
}

int ChoiceChips::add(const QString &text, const QString &tip)
{
    auto *chip = new PillButton(m_theme, text, this);
    chip->setCheckable(true);
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
