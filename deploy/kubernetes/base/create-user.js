// Run by the image of MongoDB at its first start: the user the services sign in as.
db.getSiblingDB("keptn").createUser({
  user: process.env.MONGODB_USER,
  pwd: process.env.MONGODB_PASSWORD,
  roles: [{ role: "readWrite", db: "keptn" }],
});
