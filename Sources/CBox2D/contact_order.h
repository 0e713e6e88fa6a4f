#pragma once

#include <box2d/box2d.h>

/// Makes the contacts of a new world in the order in which Box2D 2.3 makes them.
///
/// Contacts are solved in the order in which they were found, and where bodies start in each other
/// that decides which way they are pushed. 2.3 sorts the pairs it finds by fixture, 2.4 takes them as
/// its tree gives them. Here pairs are let through one at a time. The filter belongs to the world and
/// lives as long.
class ContactOrder final : public b2ContactFilter {
 public:
  /// Makes the contacts. No step may have been taken; fixtures must all have one proxy.
  void apply(b2World &world);

  bool ShouldCollide(b2Fixture *a, b2Fixture *b) override;

 private:
  bool isOrdering_ = false;
  const b2Fixture *first_ = nullptr;
  const b2Fixture *second_ = nullptr;
};
