print("phyworld")
