// Run by the first member at each of its starts until it ends well: makes the set and the users that are missing.
const admin = db.getSiblingDB("admin");

function signIn(database, user, password) {
  try {
    return database.auth(user, password).ok === 1;
  } catch (refused) {
    return false;
  }
}
const signInAsAdmin = () => signIn(admin, "admin", process.env.MONGO_INITDB_ROOT_PASSWORD);

signInAsAdmin();
if (!db.hello().setName) {
  rs.initiate({
    _id: "keptn",
    // The first one leads when it can, since only where it leads can it make users.
    members: [0, 1, 2].map((n) => ({ _id: n, host: `mongodb-${n}.mongodb:27017`, priority: n === 0 ? 2 : 1 })),
  });
}
if (!signIn(db.getSiblingDB("keptn"), process.env.MONGODB_USER, process.env.MONGODB_PASSWORD)) {
  while (!db.hello().isWritablePrimary) {
    sleep(1000);
  }
  if (!signInAsAdmin()) {
    admin.createUser({ user: "admin", pwd: process.env.MONGO_INITDB_ROOT_PASSWORD, roles: ["root"] });
    signInAsAdmin();
  }
  load("/docker-entrypoint-initdb.d/create-user.js");
}
