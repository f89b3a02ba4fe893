import { StackContract, text } from "./stack-contract";

/** What the fleet gives to people: with it, `terraform output` of this stack names all that a client needs. */
export const pgpoolContract = new StackContract("pgpool", {
  endpoint: text("Where clients connect: the Route 53 name, or else the load balancer's."),
  loadBalancerEndpoint: text("DNS name of the Network Load Balancer."),
  clusterEndpoint: text("Cluster endpoint: follows the writer."),
  readerEndpoint: text("Reader endpoint: spreads over the readers."),
  secretArn: text("ARN of the secret with the master user's password."),
  imageId: text("Image of the nodes."),
});
