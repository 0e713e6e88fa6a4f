#include "contact_order.h"

#include <algorithm>
#include <vector>

namespace {

/// The fixtures in the order of their making, which is that of their numbers in the tree.
std::vector<b2Fixture *> fixtures(b2World &world) {
  std::vector<b2Fixture *> result;
  for (b2Body *body = world.GetBodyList(); body; body = body->GetNext()) {
    for (b2Fixture *fixture = body->GetFixtureList(); fixture; fixture = fixture->GetNext()) {
      result.push_back(fixture);
    }
  }
  // Both lists begin with what came last.
  std::reverse(result.begin(), result.end());
  return result;
}

/// The box with the margin that the tree adds.
b2AABB wide(const b2Fixture &fixture) {
  const b2Vec2 margin(b2_aabbExtension, b2_aabbExtension);
  b2AABB box = fixture.GetAABB(0);
  box.lowerBound -= margin;
  box.upperBound += margin;
  return box;
}

bool canMeet(const b2Body &a, const b2Body &b) {
  return &a != &b && (a.GetType() == b2_dynamicBody || b.GetType() == b2_dynamicBody);
}

/// Forgets that proxies are new.
struct Nothing {
  void AddPair(void *, void *) {}
};

}  // namespace

bool ContactOrder::ShouldCollide(b2Fixture *a, b2Fixture *b) {
  if (!isOrdering_) return b2ContactFilter::ShouldCollide(a, b);
  return (a == first_ && b == second_) || (a == second_ && b == first_);
}

void ContactOrder::apply(b2World &world) {
  world.SetContactFilter(this);
  // The world lends its manager for reading only, though finding contacts is a public step of it.
  auto &manager = const_cast<b2ContactManager &>(world.GetContactManager());
  Nothing nothing;
  manager.m_broadPhase.UpdatePairs(&nothing);
  const std::vector<b2Fixture *> all = fixtures(world);
  isOrdering_ = true;
  for (size_t i = 0; i < all.size(); ++i) {
    const b2AABB box = wide(*all[i]);
    for (size_t j = i + 1; j < all.size(); ++j) {
      if (!b2TestOverlap(box, wide(*all[j]))) continue;
      if (!canMeet(*all[i]->GetBody(), *all[j]->GetBody())) continue;
      first_ = all[i];
      second_ = all[j];
      all[i]->Refilter();
      manager.FindNewContacts();
    }
  }
  isOrdering_ = false;
}
